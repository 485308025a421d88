import { Stack, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { useMe } from '@/features/session/public';
import { draftKey } from '@/lib/draft';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { useDraft } from '@/ui/form/use-draft';
import type { Step } from '../steps';

interface ReasonFormProps {
  ticket: TicketView;
  verb: 'hold' | 'cancel' | 'reopen';
  onClose: () => void;
  onStep: (step: Step) => Promise<void>;
}

const EMPTY = { reason: '' };

/** Why a ticket waits, is not needed or is not solved after all. */
export function ReasonForm({ ticket, verb, onClose, onStep }: ReasonFormProps) {
  const { t } = useTranslation('tickets');
  const me = useMe();
  const { draft, change, forget } = useDraft(draftKey(me.id, `${ticket.number}.${verb}`), EMPTY);
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { reason: draft.reason },
    validate: { reason: required(t('dialog.reasonMissing')) },
    onValuesChange: change,
    onSubmit: async ({ reason }) => {
      await onStep({ verb, reason });
      forget();
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <Textarea
          label={t('dialog.reason')}
          description={t(`dialog.reasonHelp.${verb}`)}
          autosize
          minRows={3}
          maxRows={10}
          size="sm"
          data-autofocus
          {...form.getInputProps('reason')}
        />
      </Stack>
      <FormButtons submit={t(`verb.${verb}`)} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}
