import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getInboundMailOptions, operation, processInboundMail } from '@/api';
import { fileSize } from '@/lib/file-size';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { IconReopen } from '@/ui/icons';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Time } from '@/ui/time/Time';
import classes from './mail.module.css';
import { Outcome } from './Outcome';
import { StateBadge } from './StateBadge';

const DID_NOTHING = ['received', 'ignored', 'refused', 'failed'];

/** A message with what it says, and having it worked on again. */
export function MailDetail({ id }: { id: string }) {
  const { t, i18n } = useTranslation(['mail', 'common']);
  const client = useQueryClient();
  const answer = useQuery(getInboundMailOptions({ path: { id } }));
  if (answer.isPending) return <SkeletonRows />;
  if (answer.isError) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  const { mail, headers, text, quoted, signature, files, raw_path } = answer.data;
  const again = () => {
    processInboundMail({ path: { id } })
      .then(async () => {
        for (const name of ['listInboundMails', 'getInboundMail']) {
          await client.invalidateQueries({ queryKey: operation(name) });
        }
        notifications.show({ message: t('detail.again'), color: 'teal' });
      })
      .catch(notifyProblem);
  };
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <StateBadge state={mail.state} />
        <Text fw={600}>{mail.subject || t('inbound.noSubject')}</Text>
      </Group>
      <Outcome mail={mail} />
      {mail.detail && <Text size="sm">{mail.detail}</Text>}
      <dl className={classes.facts}>
        <dt>{t('detail.from')}</dt>
        <dd>
          {mail.sender_name} {mail.sender ?? t('inbound.noSender')}
        </dd>
        <dt>{t('detail.mailbox')}</dt>
        <dd>{mail.mailbox_address}</dd>
        <dt>{t('detail.received')}</dt>
        <dd>
          <Time at={mail.received_at} />
        </dd>
        {mail.ticket?.number && (
          <>
            <dt>{t('detail.ticket')}</dt>
            <dd>
              <Anchor size="sm" underline="always" component={Link} to={`/agent/incidents/${mail.ticket.number}`}>
                {mail.ticket.number}
              </Anchor>
            </dd>
          </>
        )}
        {files.length > 0 && (
          <>
            <dt>{t('detail.files')}</dt>
            <dd>{files.map((file) => `${file.name} (${fileSize(file.size_bytes, i18n.language)})`).join(', ')}</dd>
          </>
        )}
        {mail.refused_files.length > 0 && (
          <>
            <dt>{t('detail.leftOut')}</dt>
            <dd>{mail.refused_files.join('; ')}</dd>
          </>
        )}
      </dl>
      {mail.raw_removed_at && (
        <Text size="sm" c="dimmed">
          {t('detail.removed')} <Time at={mail.raw_removed_at} />
        </Text>
      )}
      {text && <pre className={classes.text}>{text}</pre>}
      {quoted && (
        <details>
          <summary>{t('detail.quoted')}</summary>
          <pre className={classes.text}>{quoted}</pre>
        </details>
      )}
      {signature && (
        <details>
          <summary>{t('detail.signature')}</summary>
          <pre className={classes.text}>{signature}</pre>
        </details>
      )}
      {headers.length > 0 && (
        <details>
          <summary>{t('detail.headers')}</summary>
          <pre className={classes.text}>{headers.map((header) => `${header.name}: ${header.value}`).join('\n')}</pre>
        </details>
      )}
      {raw_path && (
        <Group justify="space-between">
          <Anchor size="sm" href={raw_path} download>
            {t('detail.raw')}
          </Anchor>
          {DID_NOTHING.includes(mail.state) && mail.reason !== 'too_large' && (
            <Button leftSection={<IconReopen aria-hidden size={15} />} onClick={again}>
              {t('detail.process')}
            </Button>
          )}
        </Group>
      )}
    </Stack>
  );
}
