import { Badge, Button, Group, Modal, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  deleteNotificationChannel,
  listNotificationChannelsOptions,
  type NotificationChannel,
  operation,
  testNotificationChannel,
} from '@/api';
import { ConfirmDialog } from '@/ui/feedback/ConfirmDialog';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { IconSend } from '@/ui/icons';
import { PageHead } from '@/ui/page/PageHead';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { isKind, isTopic } from '../channel';
import { ChannelForm } from './ChannelForm';
import classes from './notifications.module.css';

/** How people and teams are told beside mail. */
export function ChannelsPage() {
  const { t } = useTranslation(['notifications', 'common']);
  const client = useQueryClient();
  const channels = useQuery(listNotificationChannelsOptions());
  const [edited, setEdited] = useState<NotificationChannel | 'new' | null>(null);
  const [dropped, setDropped] = useState<NotificationChannel | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: operation('listNotificationChannels') });
  const rows = channels.data?.data ?? [];
  const close = () => setEdited(null);
  return (
    <div className={classes.page}>
      <PageHead
        title={t('channels.title')}
        crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
        lead={t('channels.lead')}
      >
        <Button onClick={() => setEdited('new')}>{t('channels.add')}</Button>
      </PageHead>
      {channels.isPending && <SkeletonRows rows={3} />}
      {channels.isError && <ErrorState error={channels.error} onRetry={() => void channels.refetch()} />}
      {channels.data && rows.length === 0 && (
        <PageState icon={IconSend} title={t('channels.empty')} description={t('channels.emptyHelp')} />
      )}
      {rows.length > 0 && (
        <Panel title={t('channels.title')}>
          <ul className={classes.rows}>
            {rows.map((row) => (
              <ChannelRow key={row.id} channel={row} onEdit={() => setEdited(row)} onDrop={() => setDropped(row)} />
            ))}
          </ul>
        </Panel>
      )}
      <Modal
        opened={edited !== null}
        onClose={close}
        closeOnClickOutside={false}
        title={edited === 'new' || edited === null ? t('channels.add') : t('channels.edit', { name: edited.name })}
      >
        {edited && (
          <ChannelForm
            channel={edited === 'new' ? null : edited}
            onClose={close}
            onSaved={() => {
              notifications.show({ message: t('channels.saved'), color: 'teal' });
              close();
              void refresh();
            }}
          />
        )}
      </Modal>
      <ConfirmDialog
        isOpen={dropped !== null}
        title={t('channels.deleteTitle', { name: dropped?.name ?? '' })}
        confirm={t('channels.delete')}
        isDangerous
        onConfirm={async () => {
          if (!dropped) return;
          await deleteNotificationChannel({ path: { id: dropped.id } });
          await refresh();
        }}
        onClose={() => setDropped(null)}
      >
        {t('channels.deleteHelp')}
      </ConfirmDialog>
    </div>
  );
}

interface ChannelRowProps {
  channel: NotificationChannel;
  onEdit: () => void;
  onDrop: () => void;
}

function ChannelRow({ channel, onEdit, onDrop }: ChannelRowProps) {
  const { t } = useTranslation('notifications');
  const [isBusy, setIsBusy] = useState(false);
  const { name } = channel;
  const topics = channel.topics.map((topic) => (isTopic(topic) ? t(`topic.${topic}`) : topic));
  const test = async () => {
    setIsBusy(true);
    try {
      const { data } = await testNotificationChannel({ path: { id: channel.id }, body: {} });
      const { answer } = data;
      notifications.show({
        message: data.is_sent ? t('channels.tested', { answer }) : t('channels.testFailed', { answer }),
        color: data.is_sent ? 'teal' : 'red',
        autoClose: data.is_sent ? undefined : false,
      });
    } catch (error) {
      notifyProblem(error);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <li className={classes.channel}>
      <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <Group gap="xs">
          <Text size="sm" fw={550}>
            {name}
          </Text>
          <Badge variant="light" color={channel.is_active ? 'teal' : 'gray'}>
            {t(channel.is_active ? 'channels.active' : 'channels.off')}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed">
          {isKind(channel.kind) ? t(`kind.${channel.kind}`) : channel.kind} · {channel.host} ·{' '}
          {channel.team?.name ?? t('channels.people')}
        </Text>
        {channel.team && (
          <Text size="sm" c="dimmed">
            {topics.length > 0 ? topics.join(', ') : t('channels.tellsNothing')}
          </Text>
        )}
      </div>
      <Group gap="xs">
        <Button
          variant="default"
          loading={isBusy}
          aria-label={t('channels.testNamed', { name })}
          onClick={() => void test()}
        >
          {t('channels.test')}
        </Button>
        <Button variant="default" aria-label={t('channels.editNamed', { name })} onClick={onEdit}>
          {t('channels.change')}
        </Button>
        <Button variant="default" aria-label={t('channels.deleteNamed', { name })} onClick={onDrop}>
          {t('channels.delete')}
        </Button>
      </Group>
    </li>
  );
}
