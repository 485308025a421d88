import { Button, Group, Modal } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listInboundMails, listMailboxesOptions } from '@/api';
import { FilterMenu } from '@/ui/filter/FilterMenu';
import { IconMail } from '@/ui/icons';
import { PageHead } from '@/ui/page/PageHead';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { type InboundSearch, isMailState, MAIL_STATES } from '../schemas';
import { MailDetail } from './MailDetail';
import { MailRow } from './MailRow';
import classes from './mail.module.css';

/** What came in by mail and what became of each message. */
export function InboundPage({ search }: { search: InboundSearch }) {
  const { t } = useTranslation(['mail', 'common']);
  const navigate = useNavigate();
  const mailboxes = useQuery(listMailboxesOptions());
  const mails = useInfiniteQuery({
    queryKey: [{ _id: 'listInboundMails' as const, state: search.mail_state, mailbox: search.mailbox }],
    initialPageParam: '',
    queryFn: async ({ pageParam }) =>
      (
        await listInboundMails({
          query: {
            state: search.mail_state,
            mailbox_id: search.mailbox,
            per_page: 50,
            cursor: pageParam || undefined,
          },
        })
      ).data,
    getNextPageParam: (page) => page.next_cursor,
  });
  const rows = mails.data?.pages.flatMap((page) => page.data) ?? [];
  const isFiltered = search.mail_state !== undefined || search.mailbox !== undefined;
  const set = (change: InboundSearch) =>
    void navigate({ to: '/admin/inbound-mails', search: { ...search, ...change } });
  return (
    <div className={classes.page}>
      <PageHead
        title={t('inbound.title')}
        crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
        lead={t('inbound.lead')}
      />
      <Group gap="xs">
        <FilterMenu
          label={t('inbound.state')}
          isSingle
          choices={MAIL_STATES.map((state) => ({ value: state, label: t(`state.${state}`) }))}
          value={search.mail_state ? [search.mail_state] : []}
          onChange={([state]) => set({ mail_state: state && isMailState(state) ? state : undefined })}
        />
        <FilterMenu
          label={t('inbound.mailbox')}
          isSingle
          choices={(mailboxes.data?.data ?? []).map((box) => ({ value: box.id, label: box.address }))}
          value={search.mailbox ? [search.mailbox] : []}
          onChange={([mailbox]) => set({ mailbox })}
        />
      </Group>
      {mails.isPending && <SkeletonRows />}
      {mails.isError && <ErrorState error={mails.error} onRetry={() => void mails.refetch()} />}
      {mails.data && rows.length === 0 && (
        <PageState
          icon={IconMail}
          title={t(isFiltered ? 'inbound.noneFiltered' : 'inbound.none')}
          description={t(isFiltered ? 'inbound.noneFilteredHelp' : 'inbound.noneHelp')}
        />
      )}
      {rows.length > 0 && (
        <Panel title={t('inbound.newestFirst')}>
          <ul className={classes.rows}>
            {rows.map((mail) => (
              <MailRow key={mail.id} mail={mail} onOpen={() => set({ mail: mail.id })} />
            ))}
          </ul>
          {mails.hasNextPage && (
            <Button
              variant="default"
              mt="sm"
              loading={mails.isFetchingNextPage}
              onClick={() => void mails.fetchNextPage()}
            >
              {t('common:table.more')}
            </Button>
          )}
        </Panel>
      )}
      <Modal
        opened={search.mail !== undefined}
        onClose={() => set({ mail: undefined })}
        title={t('detail.title')}
        size="xl"
      >
        {search.mail && <MailDetail id={search.mail} />}
      </Modal>
    </div>
  );
}
