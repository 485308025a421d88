export { usePeopleChoices } from './hooks/use-people-choices';
export { useTeamChoices } from './hooks/use-team-choices';
