import { Select, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { addLink, type TicketView } from '@/api';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { useRelatedRefresh } from '../../hooks/use-related';
import { isLinkKind, LINK_KINDS } from '../../model';
import { TicketNumberInput } from './TicketNumberInput';

/** Links a ticket to another. */
export function LinkForm({ ticket, onClose }: { ticket: TicketView; onClose: () => void }) {
  const { t } = useTranslation('tickets');
  const refresh = useRelatedRefresh();
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { ticket: '', kind: 'relates_to' },
    validate: { ticket: required(t('links.numberMissing')) },
    onSubmit: async ({ ticket: other, kind }) => {
      const body = { ticket: other.trim().toUpperCase(), kind: isLinkKind(kind) ? kind : 'relates_to' } as const;
      await addLink({ path: { key: ticket.number }, body });
      await refresh();
      notifications.show({ message: t('links.added'), color: 'teal' });
      onClose();
    },
  });
  const other = form.getInputProps('ticket');
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <TicketNumberInput
          label={t('links.other')}
          except={ticket.number}
          value={form.values.ticket}
          error={other.error}
          onChange={(value) => form.setFieldValue('ticket', value)}
        />
        <Select
          label={t('links.how')}
          allowDeselect={false}
          data={LINK_KINDS.map((kind) => ({ value: kind, label: t(`links.outgoing.${kind}`) }))}
          {...form.getInputProps('kind')}
        />
      </Stack>
      <FormButtons submit={t('links.submit')} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}
