import { useQuery } from '@tanstack/react-query';
import {
  getSystemHealthOptions,
  listCategoriesOptions,
  listMailboxesOptions,
  listReplyTemplatesOptions,
  listRolesOptions,
  listSlaCalendarsOptions,
  listSlaPoliciesOptions,
  listTeamsOptions,
  listTicketsOptions,
  listUsersOptions,
} from '@/api';
import { useRights } from '@/features/session/public';
import { setupItems } from '../checklist';

const ONE = { query: { per_page: 1 } };

/** What is set up already, asked of the server anew whenever the list is shown; only what the rights let one see. */
export function useChecklist(isWanted = true) {
  const { may, isKnown } = useRights(isWanted);
  const ask = (right: string) => ({ enabled: isWanted && may(right), refetchOnMount: 'always' as const });
  const teams = useQuery({ ...listTeamsOptions(), ...ask('team:read') });
  const people = useQuery({ ...listUsersOptions({ query: { is_active: true, per_page: 1 } }), ...ask('user:read') });
  const tickets = useQuery({ ...listTicketsOptions(ONE), ...ask('team:read') });
  const health = useQuery({ ...getSystemHealthOptions(), ...ask('system:read') });
  const roles = useQuery({ ...listRolesOptions(), ...ask('role:manage') });
  const mailboxes = useQuery({ ...listMailboxesOptions(), ...ask('mailbox:manage') });
  const categories = useQuery({ ...listCategoriesOptions(ONE), ...ask('category:manage') });
  const calendars = useQuery({ ...listSlaCalendarsOptions(), ...ask('sla:manage') });
  const policies = useQuery({ ...listSlaPoliciesOptions(), ...ask('sla:manage') });
  const templates = useQuery({ ...listReplyTemplatesOptions(ONE), ...ask('reply_template:manage') });
  const queries = [teams, people, tickets, health, roles, mailboxes, categories, calendars, policies, templates];
  const failed = queries.filter((query) => query.isError);
  return {
    items: setupItems({
      teams: teams.data?.data.length,
      people: people.data?.pagination.total,
      tickets: tickets.data?.pagination.total,
      transport: health.data?.mail.transport,
      asksAdmins: roles.data?.data.find((role) => role.name === 'admin')?.requires_mfa,
      mailboxes: mailboxes.data?.data.length,
      categories: categories.data?.pagination.total,
      calendars: calendars.data?.data.length,
      policies: policies.data?.data.length,
      templates: templates.data?.pagination.total,
    }),
    isPending: !isKnown || queries.some((query) => query.isLoading),
    error: failed[0]?.error,
    retry: () => {
      for (const query of failed) void query.refetch();
    },
  };
}
