import { useTranslation } from 'react-i18next';
import { FilterMenu } from '@/ui/filter/FilterMenu';
import { useDepartmentChoices } from '../hooks/use-department-choices';
import { useRoleChoices } from '../hooks/use-role-choices';
import { useSiteChoices } from '../hooks/use-site-choices';
import { useTeamChoices } from '../hooks/use-team-choices';
import type { UserSearch } from '../schemas';

interface UserFiltersProps {
  search: UserSearch;
  onChange: (change: UserSearch) => void;
}

/** Who is shown in the list of people. */
export function UserFilters({ search, onChange }: UserFiltersProps) {
  const { t } = useTranslation('people');
  const roles = useRoleChoices();
  const teams = useTeamChoices();
  const departments = useDepartmentChoices();
  const sites = useSiteChoices();
  const states = [
    { value: 'active', label: t('users.active') },
    { value: 'inactive', label: t('users.inactive') },
  ];
  const set = (change: UserSearch) => onChange({ ...change, page: undefined });
  return (
    <>
      <FilterMenu
        label={t('users.state')}
        isSingle
        choices={states}
        value={search.state ? [search.state] : []}
        onChange={([value]) => set({ state: value === 'active' || value === 'inactive' ? value : undefined })}
      />
      <FilterMenu
        label={t('users.roles')}
        choices={roles}
        value={search.role ?? []}
        onChange={(role) => set({ role: role.length > 0 ? role : undefined })}
      />
      <FilterMenu
        label={t('teams.one')}
        isSingle
        choices={teams}
        value={search.team ? [search.team] : []}
        onChange={([team]) => set({ team })}
      />
      <FilterMenu
        label={t('users.department')}
        isSingle
        choices={departments}
        value={search.department ? [search.department] : []}
        onChange={([department]) => set({ department })}
      />
      <FilterMenu
        label={t('users.fields.site_id')}
        isSingle
        choices={sites}
        value={search.site ? [search.site] : []}
        onChange={([site]) => set({ site })}
      />
    </>
  );
}
