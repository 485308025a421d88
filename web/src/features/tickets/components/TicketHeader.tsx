import { Badge, Group, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { IconMajor } from '@/ui/icons';
import { PageTitle } from '@/ui/page/PageTitle';
import { EditableTitle } from './EditableTitle';
import { PresenceMark } from './PresenceMark';
import { PriorityMark } from './PriorityMark';
import { StatusBadge } from './StatusBadge';
import { SlaBar } from './sla/SlaBar';
import classes from './ticket-pane.module.css';

interface TicketHeaderProps {
  ticket: TicketView;
  isPage: boolean;
  /** The way back, in front of the number. */
  lead?: ReactNode;
  corner?: ReactNode;
  children: ReactNode;
}

/** Number, title, where it stands, and what can be done. */
export function TicketHeader({ ticket, isPage, lead, corner, children }: TicketHeaderProps) {
  const { t } = useTranslation('tickets');
  const name = `${ticket.number} ${ticket.title}`;
  return (
    <header className={classes.header}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Group gap="4px 12px">
          {lead}
          <Text span size="sm" c="dimmed" fw={550} style={{ whiteSpace: 'nowrap' }}>
            {ticket.number}
          </Text>
          <StatusBadge status={ticket.status} />
          <Text span size="sm">
            <PriorityMark priority={ticket.priority} />
          </Text>
          {ticket.is_major && (
            <Badge
              color="red"
              leftSection={<IconMajor aria-hidden size={13} />}
              style={{ cursor: 'pointer' }}
              renderRoot={(props) => (
                <Link to="/agent/incidents/$key/war-room" params={{ key: ticket.number }} {...props} />
              )}
            >
              {t('major.mark')}
            </Badge>
          )}
        </Group>
        <Group gap={4} wrap="nowrap" className="no-print" miw={0}>
          <PresenceMark number={ticket.number} />
          {corner}
        </Group>
      </Group>
      <div className={classes.titleRow}>
        {isPage ? (
          <PageTitle fz={18} tabTitle={name}>
            {ticket.title}
          </PageTitle>
        ) : (
          <Title order={2} fz={18} lh={1.3}>
            {ticket.title}
          </Title>
        )}
        <EditableTitle ticket={ticket} />
      </div>
      <SlaBar ticket={ticket} />
      {children}
    </header>
  );
}
