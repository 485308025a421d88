import { Select, Stack, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { escalateTicket, type TicketView } from '@/api';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { useRelatedRefresh } from '../../hooks/use-related';

const LEVELS = ['1', '2', '3'] as const;

/** Asks those further up for help. */
export function EscalateForm({ ticket, onClose }: { ticket: TicketView; onClose: () => void }) {
  const { t } = useTranslation('tickets');
  const refresh = useRelatedRefresh();
  const possible = LEVELS.filter((level) => Number(level) > ticket.escalation_level);
  const { form, formProps, problem, isSubmitting } = useAppForm<{ level: string; reason: string }>({
    initialValues: { level: possible[0] ?? '3', reason: '' },
    validate: { reason: required(t('dialog.reasonMissing')) },
    onSubmit: async ({ level, reason }) => {
      await escalateTicket({
        path: { key: ticket.number },
        body: { level: Number(level), reason },
        headers: { 'If-Match': `"${ticket.version}"` },
      });
      await refresh();
      notifications.show({ message: t('done.escalate', { number: ticket.number }), color: 'teal' });
      onClose();
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <Select
          label={t('escalation.to')}
          allowDeselect={false}
          data={possible.map((level) => ({ value: level, label: t(`escalation.levels.${level}`) }))}
          {...form.getInputProps('level')}
        />
        <Textarea
          label={t('dialog.reason')}
          description={t('priorityForm.reasonHelp')}
          autosize
          minRows={3}
          data-autofocus
          {...form.getInputProps('reason')}
        />
      </Stack>
      <FormButtons submit={t('verb.escalate')} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}
