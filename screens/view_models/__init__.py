"""What each page shows, as properties of QObjects made in Python and handed to QML as `required property var model`."""
