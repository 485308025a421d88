import { Alert, Button, Group, Modal, Paper, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { isAllowed, ReasonForm, useStep } from '@/features/tickets/public';
import { IconCheck, IconHold } from '@/ui/icons';
import classes from './report-page.module.css';

/** What the requester can decide now: solved or not, or not needed any more. */
export function RequestSteps({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation('portal');
  const [asked, setAsked] = useState<'reopen' | 'cancel' | null>(null);
  const { mutate, mutateAsync, isPending } = useStep(ticket, {});
  const canConfirm = isAllowed(ticket, 'confirm');
  const canReopen = isAllowed(ticket, 'reopen');
  return (
    <>
      {ticket.status === 'on_hold' && ticket.hold_reason && (
        <Alert color="orange" icon={<IconHold aria-hidden size={20} />} title={t('request.holdReason')}>
          {ticket.hold_reason}
        </Alert>
      )}
      {ticket.resolution_note && (
        <Paper withBorder p="lg" radius="md" bg="var(--steward-surface)" className={classes.solved}>
          <Title order={2} fz={18}>
            {canConfirm ? t('request.solvedTitle') : t('request.resolution')}
          </Title>
          <Text mt="xs" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {ticket.resolution_note}
          </Text>
          {canConfirm && (
            <>
              <Text mt="sm" c="dimmed" size="sm">
                {t('request.solvedHelp')}
              </Text>
              <Group mt="md">
                <Button
                  size="md"
                  loading={isPending}
                  leftSection={<IconCheck aria-hidden size={18} />}
                  onClick={() => mutate({ step: { verb: 'confirm' } })}
                >
                  {t('request.confirm')}
                </Button>
                {canReopen && (
                  <Button size="md" variant="default" onClick={() => setAsked('reopen')}>
                    {t('request.reopen')}
                  </Button>
                )}
              </Group>
            </>
          )}
        </Paper>
      )}
      {isAllowed(ticket, 'cancel') && (
        <Group>
          <Button size="sm" variant="subtle" onClick={() => setAsked('cancel')}>
            {t('request.cancel')}
          </Button>
        </Group>
      )}
      <Modal
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={asked ? t(`request.${asked}`) : ''}
        transitionProps={{ duration: 0 }}
      >
        {asked && (
          <ReasonForm
            ticket={ticket}
            verb={asked}
            onClose={() => setAsked(null)}
            onStep={async (step) => {
              await mutateAsync({ step });
              setAsked(null);
            }}
          />
        )}
      </Modal>
    </>
  );
}
