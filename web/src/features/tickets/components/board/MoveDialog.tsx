import { Modal, Stack, Text, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { useMe } from '@/features/session/public';
import { draftKey } from '@/lib/draft';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { useDraft } from '@/ui/form/use-draft';
import type { AskedMove, CardChange } from '../../hooks/use-card-move';
import type { Priority } from '../../model';
import { StepDialog } from '../StepDialog';

interface MoveDialogProps {
  asked: AskedMove;
  onChange: (change: CardChange) => Promise<void>;
  onClose: () => void;
}

/** What a move needs to know: the same as the step it comes to. */
export function MoveDialog({ asked: { ticket, move }, onChange, onClose }: MoveDialogProps) {
  const { t } = useTranslation('tickets');
  if (move.kind === 'ask') {
    return <StepDialog ticket={ticket} verb={move.verb} onClose={onClose} onStep={(step) => onChange({ step })} />;
  }
  const title = t('board.priorityTitle', { number: ticket.number, priority: t(`priority.${move.priority}`) });
  return (
    <Modal opened onClose={onClose} title={title} transitionProps={{ duration: 0 }}>
      <PriorityReason ticket={ticket} priority={move.priority} onChange={onChange} onClose={onClose} />
    </Modal>
  );
}

interface PriorityReasonProps extends Omit<MoveDialogProps, 'asked'> {
  ticket: TicketView;
  priority: Priority;
}

/** A priority that does not come from impact and urgency has a reason. */
function PriorityReason({ ticket, priority, onChange, onClose }: PriorityReasonProps) {
  const { t } = useTranslation('tickets');
  const me = useMe();
  const start = { reason: ticket.priority_reason ?? '' };
  const { draft, change, forget } = useDraft(draftKey(me.id, `${ticket.number}.priority`), start);
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { reason: draft.reason },
    validate: { reason: required(t('dialog.reasonMissing')) },
    onValuesChange: change,
    onSubmit: async ({ reason }) => {
      await onChange({ edit: { field: 'priority', value: priority, reason } });
      forget();
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <Text size="sm">{t('board.priorityHelp')}</Text>
        <Textarea
          label={t('priorityForm.reason')}
          maxLength={1000}
          autosize
          minRows={2}
          maxRows={8}
          size="sm"
          data-autofocus
          {...form.getInputProps('reason')}
        />
      </Stack>
      <FormButtons submit={t('priorityForm.set')} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}
