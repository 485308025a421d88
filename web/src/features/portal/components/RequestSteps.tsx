import { Alert, Button, Group, Paper, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { isAllowed, useStep } from '@/features/tickets/public';
import { IconCheck, IconHold } from '@/ui/icons';
import { ReasonDialog } from './ReasonDialog';
import classes from './report-page.module.css';

/** Why a request waits, and what was done: the requester says whether that solved it. */
export function RequestSteps({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation('portal');
  const [isAsking, setIsAsking] = useState(false);
  const { mutate, isPending } = useStep(ticket, {});
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
                  <Button size="md" variant="default" onClick={() => setIsAsking(true)}>
                    {t('request.reopen')}
                  </Button>
                )}
              </Group>
            </>
          )}
        </Paper>
      )}
      <ReasonDialog ticket={ticket} verb="reopen" isOpen={isAsking} onClose={() => setIsAsking(false)} />
    </>
  );
}
