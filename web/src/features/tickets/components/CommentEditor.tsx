import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type TicketView, type TimelineItem, updateComment } from '@/api';
import { useMe } from '@/features/session/public';
import { draftKey } from '@/lib/draft';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { useDraft } from '@/ui/form/use-draft';
import { useRelatedRefresh } from '../hooks/use-related';

interface CommentEditorProps {
  ticket: TicketView;
  item: TimelineItem;
  onClose: () => void;
}

/** Another text for something that was said; the earlier one stays readable. */
export function CommentEditor({ ticket, item, onClose }: CommentEditorProps) {
  const { t } = useTranslation(['tickets', 'common']);
  const me = useMe();
  const refresh = useRelatedRefresh();
  const [empty] = useState({ body: item.body ?? '' });
  const { draft, change, forget } = useDraft(draftKey(me.id, `comment.${item.id}`), empty);
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { body: draft.body },
    validate: { body: required(t('comment.missing')) },
    onValuesChange: change,
    onSubmit: async ({ body }) => {
      await updateComment({ path: { key: ticket.number, comment_id: item.id }, body: { body } });
      forget();
      await refresh();
      onClose();
    },
  });
  return (
    <form {...formProps}>
      <FormProblem problem={problem} />
      <Textarea
        aria-label={t('comment.edit')}
        autosize
        minRows={3}
        size="sm"
        maxLength={65_536}
        data-autofocus
        autoFocus
        {...form.getInputProps('body')}
      />
      <FormButtons submit={t('common:form.save')} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}
