import { useQuery } from '@tanstack/react-query';
import type { LinkProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import {
  countJobsOptions,
  getSystemHealthOptions,
  listCategoriesOptions,
  listRolesOptions,
  listTeamsOptions,
} from '@/api';
import { useRights } from '@/features/session/public';

export interface Attention {
  id: string;
  text: string;
  to: NonNullable<LinkProps['to']>;
  /** Its name among what is to be set up. */
  setup?: string;
}

/** What an administrator should look at; only what their rights let them see. What cannot be asked is no good news. */
export function useAttention() {
  const { t } = useTranslation('admin');
  const { may } = useRights();
  const teams = useQuery({ ...listTeamsOptions(), enabled: may('team:read') });
  const roles = useQuery({ ...listRolesOptions(), enabled: may('user:read') });
  const categories = useQuery({
    ...listCategoriesOptions({ query: { per_page: 1 } }),
    enabled: may('category:read'),
  });
  const jobs = useQuery({ ...countJobsOptions(), enabled: may('job:manage') });
  const health = useQuery({ ...getSystemHealthOptions(), enabled: may('system:read') });
  const items: Attention[] = [];
  if (health.data && health.data.status !== 'ok') {
    items.push({ id: 'unhealthy', text: t('overview.unhealthy'), to: '/admin/health' });
  }
  const dead = (jobs.data?.data ?? []).filter((row) => row.state === 'dead').reduce((sum, row) => sum + row.count, 0);
  if (dead > 0) items.push({ id: 'deadJobs', text: t('overview.deadJobs', { count: dead }), to: '/admin/jobs' });
  if (teams.data?.data.length === 0) {
    items.push({ id: 'noTeams', text: t('overview.noTeams'), to: '/admin/teams', setup: 'team' });
  }
  const empty = (teams.data?.data ?? []).filter((team) => team.member_count === 0).length;
  if (empty > 0) items.push({ id: 'emptyTeams', text: t('overview.emptyTeams', { count: empty }), to: '/admin/teams' });
  if (categories.data?.pagination.total === 0) {
    items.push({ id: 'noCategories', text: t('overview.noCategories'), to: '/admin/categories', setup: 'categories' });
  }
  const admin = roles.data?.data.find((role) => role.name === 'admin');
  if (admin && !admin.requires_mfa)
    items.push({ id: 'noMfa', text: t('overview.noMfa'), to: '/admin/roles', setup: 'rules' });
  const queries = [teams, roles, categories, jobs, health];
  const failed = queries.filter((query) => query.isError);
  return {
    items,
    isPending: queries.some((query) => query.isLoading),
    error: failed[0]?.error,
    retry: () => {
      for (const query of failed) void query.refetch();
    },
  };
}
