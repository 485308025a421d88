import { Anchor, Badge, Container, Group, Paper, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StatusBadge, useTicket } from '@/features/tickets/public';
import { IconBack, IconMajor } from '@/ui/icons';
import { PageTitle } from '@/ui/page/PageTitle';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { useMajor } from '../hooks/use-major';
import { Cadence } from './Cadence';
import { CommandPanel } from './CommandPanel';
import { DeclarePanel } from './DeclarePanel';
import { Family } from './Family';
import { MajorTimeline } from './MajorTimeline';
import classes from './major.module.css';
import { ReviewPanel } from './ReviewPanel';
import { Updates } from './Updates';

/** The room in which a major incident is led: who, until when, what was told, what hangs on it. */
export function WarRoomPage({ number }: { number: string }) {
  const { t } = useTranslation('major');
  const ticket = useTicket(number);
  const { major, failed, isNone } = useMajor(number);
  if (ticket.isError) return <ErrorState error={ticket.error} onRetry={() => void ticket.refetch()} isPage />;
  if (failed) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} isPage />;
  if (!ticket.data || (major.isPending && !isNone)) return <SkeletonRows />;
  const room = major.data;
  const isOn = room?.is_major ?? false;
  return (
    <Container size="xl" py="md" ms={0}>
      <Group gap="xs" mb={4}>
        <Anchor
          size="sm"
          renderRoot={(props) => <Link to="/agent/incidents/$key" params={{ key: number }} {...props} />}
        >
          <Group gap={4} component="span">
            <IconBack aria-hidden size={14} />
            {number}
          </Group>
        </Anchor>
        <StatusBadge status={ticket.data.status} />
        {isOn && (
          <Badge color="red" leftSection={<IconMajor aria-hidden size={13} />}>
            {t('room.mark')}
          </Badge>
        )}
        {room?.next_update_due_at && isOn && <Cadence dueAt={room.next_update_due_at} />}
      </Group>
      <PageTitle mb="lg" tabTitle={`${t('room.mark')} ${number}`}>
        {room?.headline ?? ticket.data.title}
      </PageTitle>
      {!room || !isOn ? (
        <DeclarePanel ticket={ticket.data} standDown={room ?? null} onDeclared={() => void major.refetch()} />
      ) : (
        <div className={classes.room}>
          <Stack gap="lg">
            <Updates room={room} />
            <ReviewPanel room={room} status={ticket.data.status} />
            <MajorTimeline number={number} />
          </Stack>
          <Stack gap="lg">
            <Paper withBorder radius="md" p="md" bg="var(--steward-surface)">
              <CommandPanel room={room} />
            </Paper>
            <Paper withBorder radius="md" p="md" bg="var(--steward-surface)">
              <Family ticket={ticket.data} room={room} />
            </Paper>
            <Text size="xs" c="dimmed">
              {t('room.help')}
            </Text>
          </Stack>
        </div>
      )}
    </Container>
  );
}
