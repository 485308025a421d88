export { PersonLookup } from './components/PersonLookup';
export { PersonSelect } from './components/PersonSelect';
export { useDepartmentChoices } from './hooks/use-department-choices';
export { usePeopleChoices } from './hooks/use-people-choices';
export { usePeopleSearch } from './hooks/use-people-search';
export { SYSTEM_ROLES, useRoleName } from './hooks/use-role-name';
export { useSiteChoices } from './hooks/use-site-choices';
export { useTeamChoices } from './hooks/use-team-choices';
export { isScope, SCOPES, type Scope } from './scope';
