import { Anchor, Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { InboundMail } from '@/api';
import { Time } from '@/ui/time/Time';
import classes from './mail.module.css';
import { Outcome } from './Outcome';
import { StateBadge } from './StateBadge';

interface MailRowProps {
  mail: InboundMail;
  onOpen: () => void;
}

/** One message: from whom, about what, what became of it. */
export function MailRow({ mail, onOpen }: MailRowProps) {
  const { t } = useTranslation('mail');
  const subject = mail.subject || t('inbound.noSubject');
  return (
    <li>
      <Group justify="space-between" gap="sm" align="flex-start">
        <div className={classes.grow}>
          <Group gap={6}>
            <StateBadge state={mail.state} />
            <Button
              variant="transparent"
              size="compact-sm"
              px={0}
              c="inherit"
              className={classes.subject}
              onClick={onOpen}
            >
              {subject}
            </Button>
          </Group>
          <Text size="xs" c="dimmed">
            {mail.sender ?? t('inbound.noSender')}
            {' → '}
            {mail.mailbox_address}
            {' · '}
            <Time at={mail.received_at} />
          </Text>
          <Outcome mail={mail} />
        </div>
        {mail.ticket?.number && (
          <Anchor size="sm" component={Link} to={`/agent/incidents/${mail.ticket.number}`}>
            {mail.ticket.number}
          </Anchor>
        )}
      </Group>
    </li>
  );
}
