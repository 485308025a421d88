import { Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { useMe } from '@/features/session/public';
import { draftKey } from '@/lib/draft';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { useAppForm } from '@/ui/form/use-app-form';
import { useDraft } from '@/ui/form/use-draft';
import { useSeen } from '@/ui/form/use-seen';
import { type EditConflict, useEdit } from '../../hooks/use-edit';
import { EditConflictDialog } from '../EditConflictDialog';

/** Another description. What is typed is kept on this device until it is saved. */
export function DescriptionForm({ ticket, onClose }: { ticket: TicketView; onClose: () => void }) {
  const { t } = useTranslation(['tickets', 'common']);
  const me = useMe();
  const seen = useSeen(ticket);
  const [conflict, setConflict] = useState<EditConflict | null>(null);
  const [empty] = useState({ description: ticket.description });
  const { draft, change, forget } = useDraft(draftKey(me.id, `${ticket.number}.description`), empty);
  const edit = useEdit(ticket, setConflict);
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { description: draft.description },
    onValuesChange: change,
    onSubmit: async ({ description }) => {
      const { isTaken } = await edit.mutateAsync({ edit: { field: 'description', value: description }, seen });
      if (!isTaken) return;
      forget();
      onClose();
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <Textarea
          label={t('field.description')}
          autosize
          minRows={8}
          maxRows={24}
          maxLength={65_536}
          data-autofocus
          {...form.getInputProps('description')}
        />
      </Stack>
      <FormButtons submit={t('common:form.save')} isSubmitting={isSubmitting} onCancel={onClose} />
      <EditConflictDialog
        conflict={conflict}
        onClose={() => setConflict(null)}
        onApply={async (found) => {
          setConflict(null);
          await edit.mutateAsync({ edit: found.edit, seen: found.theirs });
          forget();
          onClose();
        }}
      />
    </form>
  );
}
