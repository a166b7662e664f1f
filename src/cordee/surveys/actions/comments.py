"""What quality does with answers in words: masking who is named, tagging."""

from collections.abc import Iterable

from django.db import transaction

from cordee.journal import actions as journal
from cordee.kernel.actor import Actor
from cordee.kernel.names import search_key, tidy
from cordee.kernel.refusals import refuse_if
from cordee.surveys import rules
from cordee.surveys.facts import CommentMasked, CommentTagged
from cordee.surveys.models import Comment, CommentTag
from cordee.surveys.states import MASK


@transaction.atomic
def mask(*, comment_id: int, passage: str, reason: str, by: Actor) -> None:
    """Take a passage out of an answer in words wherever it stands in it, for good: what it said is kept nowhere.

    That it was done, by whom and why, is. Raises Refused.
    """
    comment = Comment.objects.select_for_update().select_related("response").get(pk=comment_id)
    passage, reason = passage.strip(), reason.strip()
    refuse_if([*rules.may_handle_comments(by), *rules.can_be_masked(comment, passage, reason)])
    passages = comment.text.count(passage)
    comment.text = comment.text.replace(passage, MASK)
    comment.search_key = search_key(comment.text)
    comment.masked += passages
    comment.save(update_fields=["text", "search_key", "masked"])
    fact = CommentMasked(comment_id=comment.pk, passages=passages, reason_id=journal.keep_reason(reason))
    journal.record(fact, by=by, mission_id=comment.response.mission_id)


@transaction.atomic
def tag(*, comment_id: int, tags: Iterable[str], by: Actor) -> None:
    """Give an answer in words these tags, and no others. Raises Refused."""
    comment = Comment.objects.select_for_update().select_related("response").get(pk=comment_id)
    wanted = list(dict.fromkeys(word for each in tags if (word := tidy(each).lower())))
    refuse_if([*rules.may_handle_comments(by), *rules.tags_make_sense(wanted)])
    before = set(comment.tags.values_list("tag", flat=True))
    if before == set(wanted):
        return
    comment.tags.exclude(tag__in=wanted).delete()
    CommentTag.objects.bulk_create(
        CommentTag(comment=comment, tag=word) for word in wanted if word not in before
    )
    fact = CommentTagged(comment_id=comment.pk, tags=len(wanted))
    journal.record(fact, by=by, mission_id=comment.response.mission_id)
