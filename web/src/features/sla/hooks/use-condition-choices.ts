import { useCallback } from 'react';
import type { FieldView } from '@/api';
import { useDepartmentChoices, usePeopleChoices, useSiteChoices, useTeamChoices } from '@/features/people/public';

interface Choice {
  value: string;
  label: string;
}

/** What a field can be, where there is a list of it: words, people, teams, departments, sites; else null. */
export function useConditionChoices(
  fields: readonly FieldView[],
  word: (field: string, word: string) => string,
): (field: FieldView | undefined) => Choice[] | null {
  const has = (type: string) => fields.some((field) => field.type === type);
  const people = usePeopleChoices(has('person'));
  const teams = useTeamChoices(has('team'));
  const departments = useDepartmentChoices(has('department'));
  const sites = useSiteChoices(has('site'));
  return useCallback(
    (field) => {
      if (!field) return null;
      const records: Record<string, Choice[]> = { person: people, team: teams, department: departments, site: sites };
      const found = records[field.type];
      if (found) return found;
      if (field.words.length === 0) return null;
      return field.words.map((each) => ({ value: each, label: word(field.name, each) }));
    },
    [people, teams, departments, sites, word],
  );
}
