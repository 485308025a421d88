export { usePeopleChoices } from './hooks/use-people-choices';
export { usePeopleSearch } from './hooks/use-people-search';
export { useTeamChoices } from './hooks/use-team-choices';
