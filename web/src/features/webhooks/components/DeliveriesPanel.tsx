import { Button, Group } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listWebhookDeliveries, type WebhookView } from '@/api';
import { Refusable } from '@/ui/action/Refusable';
import { FilterMenu } from '@/ui/filter/FilterMenu';
import { IconSend } from '@/ui/icons';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { ASK_AGAIN_MS } from '../ask-again';
import { STATES, type WebhookSearch } from '../schemas';
import { DeliveryDialog } from './DeliveryDialog';
import { DeliveryLine } from './DeliveryLine';
import { ReplayDialog } from './ReplayDialog';
import classes from './webhooks.module.css';

interface DeliveriesPanelProps {
  webhook: WebhookView;
  search: WebhookSearch;
  onChanged: () => Promise<unknown>;
}

/** What was sent and how it ended, newest first; each opens with its request and answer. */
export function DeliveriesPanel({ webhook, search, onChanged }: DeliveriesPanelProps) {
  const { t } = useTranslation(['webhooks', 'common']);
  const navigate = useNavigate();
  const [isReplaying, setIsReplaying] = useState(false);
  const params = { id: webhook.id };
  const state = search.delivery_state;
  const set = (change: WebhookSearch) =>
    void navigate({ to: '/admin/webhooks/$id', params, search: { ...search, ...change } });
  const query = useInfiniteQuery({
    queryKey: [{ _id: 'listWebhookDeliveries' as const, id: webhook.id, state }],
    initialPageParam: '',
    queryFn: async ({ pageParam }) =>
      (await listWebhookDeliveries({ path: params, query: { state, per_page: 50, cursor: pageParam || undefined } }))
        .data,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: ASK_AGAIN_MS,
  });
  const rows = query.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Panel
      title={t('log.title')}
      lead={t('log.lead')}
      actions={
        <Group gap="xs">
          <FilterMenu
            label={t('log.state')}
            isSingle
            choices={STATES.map((value) => ({ value, label: t(`deliveryState.${value}`) }))}
            value={state ? [state] : []}
            onChange={([value]) => set({ delivery_state: STATES.find((known) => known === value) })}
          />
          <Refusable reason={webhook.is_enabled ? null : t('replay.isOff')}>
            <Button variant="default" onClick={() => setIsReplaying(true)}>
              {t('replay.open')}
            </Button>
          </Refusable>
        </Group>
      }
    >
      {query.isPending && <SkeletonRows />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && rows.length === 0 && (
        <PageState
          icon={IconSend}
          title={t(state ? 'log.noneOfState' : 'log.none')}
          description={t(state ? 'log.noneOfStateHelp' : 'log.noneHelp')}
        />
      )}
      <ul className={`${classes.rows} ${classes.log}`}>
        {rows.map((row) => (
          <li key={row.id}>
            <Link
              to="/admin/webhooks/$id"
              params={params}
              search={{ ...search, delivery: row.id }}
              className={classes.delivery}
            >
              <DeliveryLine row={row} />
            </Link>
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button variant="default" mt="sm" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('common:table.more')}
        </Button>
      )}
      <DeliveryDialog
        webhook={webhook}
        id={search.delivery}
        onChanged={onChanged}
        onClose={() => set({ delivery: undefined })}
      />
      <ReplayDialog
        webhook={webhook}
        isOpen={isReplaying}
        onChanged={onChanged}
        onClose={() => setIsReplaying(false)}
      />
    </Panel>
  );
}
