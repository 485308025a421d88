import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { ReasonForm, useStep } from '@/features/tickets/public';

interface ReasonDialogProps {
  ticket: TicketView;
  verb: 'reopen' | 'cancel';
  isOpen: boolean;
  onClose: () => void;
}

/** Asks the requester why. */
export function ReasonDialog({ ticket, verb, isOpen, onClose }: ReasonDialogProps) {
  const { t } = useTranslation('portal');
  const { mutateAsync } = useStep(ticket, {});
  return (
    <Modal opened={isOpen} onClose={onClose} title={t(`request.${verb}`)} transitionProps={{ duration: 0 }}>
      {isOpen && (
        <ReasonForm
          ticket={ticket}
          verb={verb}
          onClose={onClose}
          onStep={async (step) => {
            await mutateAsync({ step });
            onClose();
          }}
        />
      )}
    </Modal>
  );
}
