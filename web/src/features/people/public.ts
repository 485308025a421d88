export { usePeopleChoices, useTeamChoices } from './hooks/use-choices';
