import { Anchor, Button, Group, Modal, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listWebhooksOptions, type WebhookView } from '@/api';
import { IconPlus, IconWebhook } from '@/ui/icons';
import { PageHead } from '@/ui/page/PageHead';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Time } from '@/ui/time/Time';
import { NewSecret } from './NewSecret';
import { WebhookForm } from './WebhookForm';
import { useOffReason, WebhookState } from './WebhookState';
import classes from './webhooks.module.css';

/** The receivers outside, how they are doing, and a new one. */
export function WebhooksPage() {
  const { t } = useTranslation(['webhooks', 'common']);
  const navigate = useNavigate();
  const [isMaking, setIsMaking] = useState(false);
  const [made, setMade] = useState<WebhookView | null>(null);
  const query = useQuery(listWebhooksOptions());
  const rows = query.data?.data ?? [];
  const add = (
    <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setIsMaking(true)}>
      {t('add')}
    </Button>
  );
  const close = () => {
    setIsMaking(false);
    setMade(null);
    if (made) void navigate({ to: '/admin/webhooks/$id', params: { id: made.id } });
  };
  return (
    <div className={classes.page}>
      <PageHead title={t('title')} crumbs={[{ label: t('common:admin.home'), to: '/admin' }]} lead={t('lead')}>
        {rows.length > 0 && add}
      </PageHead>
      {query.isPending && <SkeletonRows />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && rows.length === 0 && (
        <PageState icon={IconWebhook} title={t('empty')} description={t('emptyHelp')}>
          {add}
        </PageState>
      )}
      {rows.length > 0 && (
        <Panel title={t('receivers')}>
          <ul className={classes.rows}>
            {rows.map((webhook) => (
              <WebhookRow key={webhook.id} webhook={webhook} />
            ))}
          </ul>
        </Panel>
      )}
      <Modal
        opened={isMaking}
        onClose={close}
        size="lg"
        closeOnClickOutside={false}
        title={made ? t('secret.title', { name: made.name }) : t('add')}
      >
        {made?.secret ? (
          <NewSecret secret={made.secret} onDone={close} />
        ) : (
          <WebhookForm webhook={null} onSaved={setMade} onClose={close} />
        )}
      </Modal>
    </div>
  );
}

function WebhookRow({ webhook }: { webhook: WebhookView }) {
  const { t } = useTranslation('webhooks');
  const reason = useOffReason(webhook);
  return (
    <li>
      <Group justify="space-between" gap="sm" align="flex-start">
        <div className={classes.grow}>
          <Anchor
            fw={550}
            size="sm"
            renderRoot={(props) => <Link to="/admin/webhooks/$id" params={{ id: webhook.id }} {...props} />}
          >
            {webhook.name}
          </Anchor>
          <Text size="sm" c="dimmed">
            {webhook.url}
          </Text>
          <Text size="xs" c="dimmed">
            {webhook.events.join(', ')}
          </Text>
          {reason && <Text size="sm">{reason}</Text>}
        </div>
        <Group gap="xs">
          <Text size="xs" c="dimmed">
            {webhook.last_success_at ? (
              <>
                {t('lastSuccess')} <Time at={webhook.last_success_at} />
              </>
            ) : (
              t('noSuccess')
            )}
          </Text>
          <WebhookState webhook={webhook} />
        </Group>
      </Group>
    </li>
  );
}
