import { Badge, Menu, Modal, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkMailbox, deleteMailbox, listMailboxesOptions, type Mailbox, operation } from '@/api';
import { useRights } from '@/features/session/public';
import { columnsFor } from '@/ui/data-table/features';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { IconMail } from '@/ui/icons';
import { EditableListPage } from '@/ui/list/EditableListPage';
import type { MailboxSearch } from '../schemas';
import { ConnectHelp } from './ConnectHelp';
import { MailboxForm } from './MailboxForm';

const column = columnsFor<Mailbox>();
const mailboxId = (mailbox: Mailbox) => mailbox.id;
const mailboxName = (mailbox: Mailbox) => mailbox.address;

/** Addresses whose mail becomes tickets. */
export function MailboxesPage({ search }: { search: MailboxSearch }) {
  const { t } = useTranslation(['mail', 'common']);
  const navigate = useNavigate();
  const client = useQueryClient();
  const { may } = useRights();
  const columns = useMailboxColumns();
  const [connected, setConnected] = useState<Mailbox | null>(null);
  const list = useQuery(listMailboxesOptions());
  const rows = list.data?.data ?? [];
  const answer = {
    ...list,
    data: list.data && {
      data: rows,
      pagination: {
        page: 1,
        per_page: 50,
        total: rows.length,
        total_pages: 1,
        has_next: false,
        has_prev: false,
        next_cursor: null,
      },
    },
  };
  const refresh = () => client.invalidateQueries({ queryKey: operation('listMailboxes') });
  const check = (mailbox: Mailbox) => {
    checkMailbox({ path: { id: mailbox.id } })
      .then(({ data }) => {
        notifications.show(
          data.is_reached
            ? { message: t('mailboxes.reached', { count: data.messages ?? 0 }), color: 'teal' }
            : { message: data.error ?? t('mailboxes.notReached'), color: 'red', autoClose: false },
        );
      })
      .catch(notifyProblem);
  };
  return (
    <>
      <EditableListPage
        title={t('mailboxes.title')}
        lead={t('mailboxes.lead')}
        crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
        answer={answer}
        search={search}
        onSearch={(change) => void navigate({ to: '/admin/mailboxes', search: { ...search, ...change } })}
        hasWords={false}
        isFiltered={false}
        onClear={() => void navigate({ to: '/admin/mailboxes', search: {} })}
        load={async () => ({
          name: 'mailboxes',
          head: [t('mailboxes.address'), t('mailboxes.team')],
          rows: rows.map((row) => [row.address, row.team?.name ?? '']),
        })}
        empty={{ icon: IconMail, title: t('mailboxes.empty'), help: t('mailboxes.emptyHelp') }}
        columns={columns}
        getRowId={mailboxId}
        getRowLabel={mailboxName}
        isReadOnly={!may('mailbox:manage')}
        words={{
          add: t('mailboxes.add'),
          edit: (mailbox) => t('mailboxes.edit', { address: mailbox.address }),
          delete: t('mailboxes.delete'),
          deleteTitle: (mailbox) => t('mailboxes.deleteTitle', { address: mailbox.address }),
          deleteHelp: t('mailboxes.deleteHelp'),
        }}
        form={(mailbox, onClose) => <MailboxForm mailbox={mailbox} onClose={onClose} />}
        onDelete={async (mailbox) => {
          await deleteMailbox({ path: { id: mailbox.id } });
          await refresh();
          notifications.show({ message: t('mailboxes.deleted', { address: mailbox.address }), color: 'teal' });
        }}
        items={(mailbox) => (
          <>
            <Menu.Item onClick={() => setConnected(mailbox)}>{t('connect.open')}</Menu.Item>
            {mailbox.imap && <Menu.Item onClick={() => check(mailbox)}>{t('mailboxes.check')}</Menu.Item>}
            <Menu.Item onClick={() => void navigate({ to: '/admin/inbound-mails', search: { mailbox: mailbox.id } })}>
              {t('mailboxes.ledger')}
            </Menu.Item>
          </>
        )}
        summary={(mailbox) => (
          <Text size="sm" c="dimmed" lineClamp={2}>
            {mailbox.imap?.error ?? mailbox.team?.name ?? t('mailboxes.noTeam')}
          </Text>
        )}
      />
      <Modal opened={connected !== null} onClose={() => setConnected(null)} title={t('connect.title')} size="lg">
        {connected && <ConnectHelp address={connected.address} />}
      </Modal>
    </>
  );
}

function useMailboxColumns() {
  const { t } = useTranslation('mail');
  return useMemo(
    () =>
      column.columns([
        column.display({
          id: 'address',
          header: t('mailboxes.address'),
          size: 240,
          meta: { label: t('mailboxes.address'), isGrowing: true },
          cell: ({ row }) => (
            <Text span inherit fw={550}>
              {row.original.address}
            </Text>
          ),
        }),
        column.display({
          id: 'team',
          header: t('mailboxes.team'),
          size: 150,
          meta: { label: t('mailboxes.team'), dropOrder: 2 },
          cell: ({ row }) => row.original.team?.name ?? t('mailboxes.noTeam'),
        }),
        column.display({
          id: 'source',
          header: t('mailboxes.source'),
          size: 240,
          meta: { label: t('mailboxes.source'), dropOrder: 1 },
          cell: ({ row: { original } }) => {
            if (!original.imap) return t('mailboxes.handedOver');
            const { error, host, is_announced } = original.imap;
            return error ?? t(is_announced ? 'mailboxes.atOnce' : 'mailboxes.eachMinute', { host });
          },
        }),
        column.display({
          id: 'state',
          header: t('mailboxes.state'),
          size: 170,
          meta: { label: t('mailboxes.state'), dropOrder: 3 },
          cell: ({ row }) => <MailboxState mailbox={row.original} />,
        }),
      ]),
    [t],
  );
}

function MailboxState({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useTranslation('mail');
  if (!mailbox.is_enabled) return <Badge color="gray">{t('mailboxes.off')}</Badge>;
  if (mailbox.imap?.error) return <Badge color="red">{t('mailboxes.broken')}</Badge>;
  if (mailbox.takes_replies) return <Badge color="teal">{t('mailboxes.takesReplies')}</Badge>;
  return <Badge color="teal">{t('mailboxes.on')}</Badge>;
}
