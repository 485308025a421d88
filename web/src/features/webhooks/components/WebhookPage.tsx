import { Alert, Button, Group, Modal, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteWebhook, getWebhookOptions, operation, testWebhook, updateWebhook, type WebhookView } from '@/api';
import { ConfirmDialog } from '@/ui/feedback/ConfirmDialog';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { IconSend } from '@/ui/icons';
import { PageHead } from '@/ui/page/PageHead';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Time } from '@/ui/time/Time';
import { ASK_AGAIN_MS } from '../ask-again';
import type { WebhookSearch } from '../schemas';
import { DeliveriesPanel } from './DeliveriesPanel';
import { RotateDialog } from './RotateDialog';
import { WebhookForm } from './WebhookForm';
import { useOffReason, WebhookState } from './WebhookState';
import classes from './webhooks.module.css';

/** One receiver: what it is told, how it is doing, and everything that was sent to it. */
export function WebhookPage({ id, search }: { id: string; search: WebhookSearch }) {
  const query = useQuery({ ...getWebhookOptions({ path: { id } }), refetchInterval: ASK_AGAIN_MS });
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} isPage />;
  if (!query.data) return <SkeletonRows />;
  return <Loaded webhook={query.data} search={search} />;
}

type Open = 'edit' | 'rotate' | 'delete' | null;

function Loaded({ webhook, search }: { webhook: WebhookView; search: WebhookSearch }) {
  const { t } = useTranslation(['webhooks', 'common']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [open, setOpen] = useState<Open>(null);
  const [isTesting, setIsTesting] = useState(false);
  const path = { id: webhook.id };
  const reason = useOffReason(webhook);
  const refresh = async () => {
    for (const name of ['listWebhooks', 'getWebhook', 'listWebhookDeliveries']) {
      await client.invalidateQueries({ queryKey: operation(name) });
    }
  };
  const test = () => {
    setIsTesting(true);
    testWebhook({ path })
      .then(async ({ data }) => {
        await refresh();
        const isSent = data.delivery.state === 'sent';
        const answer = data.delivery.last_status ?? data.delivery.last_error ?? '';
        notifications.show({
          message: t(isSent ? 'test.sent' : 'test.failed', { answer }),
          color: isSent ? 'teal' : 'red',
        });
        await navigate({ to: '/admin/webhooks/$id', params: path, search: { delivery: data.delivery.id } });
      })
      .catch(notifyProblem)
      .finally(() => setIsTesting(false));
  };
  const enable = (is_enabled: boolean) => {
    updateWebhook({ path, body: { is_enabled }, headers: { 'If-Match': `"${webhook.version}"` } })
      .then(refresh)
      .then(() => notifications.show({ message: t('common:form.saved'), color: 'teal' }))
      .catch(notifyProblem);
  };
  return (
    <div className={classes.page}>
      <PageHead
        title={webhook.name}
        crumbs={[
          { label: t('common:admin.home'), to: '/admin' },
          { label: t('title'), to: '/admin/webhooks' },
        ]}
        marks={<WebhookState webhook={webhook} />}
      >
        {webhook.is_manageable && (
          <>
            <Button variant="default" onClick={() => setOpen('edit')}>
              {t('common:form.edit')}
            </Button>
            <Button variant="default" onClick={() => setOpen('rotate')}>
              {t('rotate.open')}
            </Button>
            <Button leftSection={<IconSend aria-hidden size={15} />} loading={isTesting} onClick={test}>
              {t('test.send')}
            </Button>
          </>
        )}
      </PageHead>
      {!webhook.is_manageable && <Alert color="gray">{t('notYours', { name: webhook.acts_as.name })}</Alert>}
      {reason && (
        <Alert color="orange" role="status">
          <Group justify="space-between" gap="sm">
            <Text size="sm">
              {reason}
              {webhook.disabled_at && (
                <>
                  {' '}
                  (<Time at={webhook.disabled_at} />)
                </>
              )}
            </Text>
            {webhook.is_manageable && <Button onClick={() => enable(true)}>{t('enable')}</Button>}
          </Group>
        </Alert>
      )}
      <Panel
        title={t('facts.title')}
        actions={
          webhook.is_manageable && (
            <>
              {webhook.is_enabled && (
                <Button variant="default" onClick={() => enable(false)}>
                  {t('disable')}
                </Button>
              )}
              <Button variant="default" onClick={() => setOpen('delete')}>
                {t('common:form.delete')}
              </Button>
            </>
          )
        }
      >
        <Facts webhook={webhook} />
      </Panel>
      {webhook.is_manageable && <DeliveriesPanel webhook={webhook} search={search} onChanged={refresh} />}
      <Modal opened={open === 'edit'} onClose={() => setOpen(null)} size="lg" title={t('edit', { name: webhook.name })}>
        <WebhookForm
          webhook={webhook}
          onClose={() => setOpen(null)}
          onSaved={async () => {
            await refresh();
            setOpen(null);
            notifications.show({ message: t('common:form.saved'), color: 'teal' });
          }}
        />
      </Modal>
      <RotateDialog webhook={webhook} isOpen={open === 'rotate'} onRotated={refresh} onClose={() => setOpen(null)} />
      <ConfirmDialog
        isOpen={open === 'delete'}
        title={t('delete.title', { name: webhook.name })}
        confirm={t('common:form.delete')}
        isDangerous
        onConfirm={async () => {
          await deleteWebhook({ path });
          await client.invalidateQueries({ queryKey: operation('listWebhooks') });
          await navigate({ to: '/admin/webhooks' });
        }}
        onClose={() => setOpen(null)}
      >
        {t('delete.help')}
      </ConfirmDialog>
    </div>
  );
}

function Facts({ webhook }: { webhook: WebhookView }) {
  const { t } = useTranslation('webhooks');
  const ending = webhook.secrets.filter((secret) => secret.expires_at);
  return (
    <dl className={classes.facts}>
      <dt>{t('form.url')}</dt>
      <dd>{webhook.url}</dd>
      <dt>{t('form.events')}</dt>
      <dd>{webhook.events.join(', ')}</dd>
      <dt>{t('form.actsAs')}</dt>
      <dd>{webhook.acts_as.name}</dd>
      <dt>{t('facts.createdBy')}</dt>
      <dd>{webhook.created_by.name}</dd>
      <dt>{t('facts.lastSuccess')}</dt>
      <dd>{webhook.last_success_at ? <Time at={webhook.last_success_at} /> : t('noSuccess')}</dd>
      {webhook.failing_since && (
        <>
          <dt>{t('facts.failing')}</dt>
          <dd>
            {t('facts.failures', { count: webhook.failures })} <Time at={webhook.failing_since} />
          </dd>
        </>
      )}
      {ending.map((secret) => (
        <Ending key={secret.created_at} at={secret.expires_at ?? ''} />
      ))}
    </dl>
  );
}

function Ending({ at }: { at: string }) {
  const { t } = useTranslation('webhooks');
  return (
    <>
      <dt>{t('facts.oldSecret')}</dt>
      <dd>
        {t('facts.ends')} <Time at={at} isAhead />
      </dd>
    </>
  );
}
