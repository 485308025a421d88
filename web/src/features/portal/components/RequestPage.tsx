import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { MuteButton } from '@/features/notifications/public';
import { StatusBadge, useTicket } from '@/features/tickets/public';
import { PageTitle } from '@/ui/page/PageTitle';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Time } from '@/ui/time/Time';
import { CancelRequest } from './CancelRequest';
import { NextSteps } from './NextSteps';
import { Progress } from './Progress';
import { Rating } from './Rating';
import { RequestAnswer } from './RequestAnswer';
import { RequestSteps } from './RequestSteps';
import { RequestThread } from './RequestThread';

/** One request as its requester sees it: how far it is, what was said, what they can do. */
export function RequestPage({ number, isSent }: { number: string; isSent?: boolean }) {
  const ticket = useTicket(number);
  if (ticket.data) return <Request ticket={ticket.data} isSent={isSent ?? false} />;
  if (ticket.isError) return <ErrorState error={ticket.error} onRetry={() => void ticket.refetch()} isPage />;
  return <SkeletonRows />;
}

function Request({ ticket, isSent }: { ticket: TicketView; isSent: boolean }) {
  const { t } = useTranslation('portal');
  return (
    <Stack gap="lg">
      <div>
        <Group gap="sm" mb={4}>
          <Text size="sm" c="dimmed">
            {ticket.number}
          </Text>
          <StatusBadge status={ticket.status} isPortal />
        </Group>
        <PageTitle fz={24} tabTitle={`${ticket.number} ${ticket.title}`}>
          {ticket.title}
        </PageTitle>
        <Text size="sm" c="dimmed">
          {t('request.reported')} <Time at={ticket.created_at} />
          {ticket.team && ` · ${t('request.team')} ${ticket.team.name}`}
        </Text>
      </div>
      {isSent && <NextSteps number={ticket.number} />}
      <Progress status={ticket.status} />
      <RequestSteps ticket={ticket} />
      <Rating key={ticket.status} ticket={ticket} />
      <RequestThread ticket={ticket} />
      <RequestAnswer key={ticket.number} ticket={ticket} />
      <Group gap="sm">
        <MuteButton id={ticket.id} number={ticket.number} />
        <CancelRequest ticket={ticket} />
      </Group>
    </Stack>
  );
}
