import { Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { mergeTicket, type TicketView, unmergeTicket } from '@/api';
import { notifyUndo } from '@/ui/feedback/notify-undo';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { useRelatedRefresh } from '../../hooks/use-related';
import { TicketNumberInput } from './TicketNumberInput';

/** Puts a ticket into another that is about the same. */
export function MergeForm({ ticket, onClose }: { ticket: TicketView; onClose: () => void }) {
  const { t } = useTranslation('tickets');
  const navigate = useNavigate();
  const refresh = useRelatedRefresh();
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { into: '' },
    validate: { into: required(t('links.numberMissing')) },
    onSubmit: async ({ into }) => {
      const { data } = await mergeTicket({ path: { key: ticket.number }, body: { into: into.trim().toUpperCase() } });
      await refresh();
      notifyUndo(t('merge.done', { gone: ticket.number, number: data.number }), async () => {
        await unmergeTicket({ path: { key: ticket.number } });
        await refresh();
      });
      onClose();
      await navigate({ to: '/agent/incidents/$key', params: { key: data.number } });
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <Text size="sm">{t('merge.help', { number: ticket.number })}</Text>
        <TicketNumberInput
          label={t('merge.into')}
          except={ticket.number}
          value={form.values.into}
          error={form.getInputProps('into').error}
          onChange={(value) => form.setFieldValue('into', value)}
        />
      </Stack>
      <FormButtons submit={t('relation.merge')} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}
