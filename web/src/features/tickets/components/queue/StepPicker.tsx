import { Stack, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { useStep } from '../../hooks/use-step';
import { useVerbActions } from '../../hooks/use-ticket-actions';
import type { StepVerb } from '../../steps';
import { StepDialog } from '../StepDialog';
import classes from './queue.module.css';

interface StepPickerProps {
  ticket: TicketView;
  onClose: () => void;
}

/** The steps that a ticket can take now; a refused one says why. */
export function StepPicker({ ticket, onClose }: StepPickerProps) {
  const { t } = useTranslation('tickets');
  const [asked, setAsked] = useState<StepVerb | null>(null);
  const { mutate, mutateAsync, isPending } = useStep(ticket, {});
  const actions = useVerbActions({
    ticket,
    isBusy: isPending,
    onStep: (step) => {
      mutate({ step });
      onClose();
    },
    onAsk: setAsked,
  });
  const steps = actions.filter((action) => action.verb !== 'assign');
  const first = steps.find((action) => !action.refusal);
  return (
    <>
      <Stack gap={2} w={260} role="group" aria-label={t('page.statusMenu')}>
        {steps.map((action) => (
          <UnstyledButton
            key={action.id}
            className={classes.choice}
            data-autofocus={action === first || undefined}
            aria-disabled={action.refusal ? true : undefined}
            onClick={() => !action.refusal && action.run()}
          >
            {action.icon && <action.icon aria-hidden size={15} />}
            <span>
              {action.label}
              {action.refusal && <span className="reason">{action.refusal}</span>}
            </span>
          </UnstyledButton>
        ))}
      </Stack>
      {asked && (
        <StepDialog
          ticket={ticket}
          verb={asked}
          onClose={onClose}
          onStep={async (step) => {
            await mutateAsync({ step });
            onClose();
          }}
        />
      )}
    </>
  );
}
