import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import type { Step, StepVerb } from '../steps';
import { AssignForm } from './AssignForm';
import { ReasonForm } from './ReasonForm';
import { ResolveForm } from './ResolveForm';

interface StepDialogProps {
  ticket: TicketView;
  verb: StepVerb | null;
  onClose: () => void;
  onStep: (step: Step) => Promise<void>;
}

/** What a step needs to know before it is taken. */
export function StepDialog({ ticket, verb, onClose, onStep }: StepDialogProps) {
  const { t } = useTranslation('tickets');
  const props = { ticket, onClose, onStep };
  return (
    <Modal
      opened={verb !== null}
      onClose={onClose}
      title={verb ? `${t(`verb.${verb}`)}: ${ticket.number}` : ''}
      transitionProps={{ duration: 0 }}
    >
      {verb === 'assign' && <AssignForm {...props} />}
      {verb === 'resolve' && <ResolveForm {...props} />}
      {(verb === 'hold' || verb === 'cancel' || verb === 'reopen') && <ReasonForm {...props} verb={verb} />}
    </Modal>
  );
}
