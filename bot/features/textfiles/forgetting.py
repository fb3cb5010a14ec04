"""What files to be read keep of a person who asks to be forgotten: everything of it goes."""

from sqlalchemy import select, update

from bot.db.work import Work
from bot.features.archive import removal
from bot.features.people.forgetting import Forgotten, erases
from bot.features.textfiles.models import DocumentJob, DocumentState


@erases
def erase_documents(work: Work, who: Forgotten) -> None:
    """Read nothing more of the person's, and forget what their files were called."""
    own = DocumentJob.person_id == who.person_id
    files = work.session.scalars(select(DocumentJob.stored_file_id).where(own)).all()
    removal.discard(work, files)
    work.session.execute(
        update(DocumentJob)
        .where(own)
        .values(name=None, caption=None, sha256=None)
        .execution_options(synchronize_session=False)
    )
    work.session.execute(
        update(DocumentJob)
        .where(own, DocumentJob.state.in_((DocumentState.wanted, DocumentState.reading)))
        .values(state=DocumentState.cancelled, ended_at=work.now)
        .execution_options(synchronize_session=False)
    )
