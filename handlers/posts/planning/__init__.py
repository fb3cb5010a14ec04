"""Planning posts: board, series, copies, templates, drafts and batches (VOL-01, VOL-08, VOL-10)."""

from handlers.posts.feature import feature
from handlers.posts.planning import batches, board, duties, keeping, templates
from handlers.posts.planning.copying import copy_posts
from handlers.posts.planning.duties import write_duties
from handlers.posts.planning.series import new_series
from handlers.posts.planning.templates import name_template

feature.converse(new_series)
feature.converse(copy_posts)
feature.converse(name_template)
feature.converse(write_duties)

__all__ = ["batches", "board", "duties", "keeping", "templates"]
