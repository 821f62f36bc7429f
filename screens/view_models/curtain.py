"""The neutral page: nothing of the visit is on it."""

from screens.view_models.page_model import PageModel


class CurtainModel(PageModel):
    """Curtain and wipe look the same; the person sees one calm picture."""
