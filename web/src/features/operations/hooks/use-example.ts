import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  addExampleOrganization,
  type ExampleMade,
  getExampleOrganizationOptions,
  operation,
  removeExampleOrganization,
} from '@/api';
import { notifyProblem } from '@/ui/feedback/notify-problem';

/** How often is asked whether the story is written, in milliseconds. */
const LOOK = 2000;

/** The example organization, and what an operator does with it. */
export function useExample() {
  const client = useQueryClient();
  const [made, setMade] = useState<ExampleMade | null>(null);
  const [isAdding, setIsAdding] = useState(false);
  const answer = useQuery({
    ...getExampleOrganizationOptions(),
    refetchInterval: ({ state }) => (state.data?.is_being_filled ? LOOK : false),
  });
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: operation('getExampleOrganization') }),
      client.invalidateQueries({ queryKey: operation('listOrganizations') }),
    ]);
  const add = async () => {
    setIsAdding(true);
    try {
      setMade((await addExampleOrganization()).data);
    } catch (error) {
      notifyProblem(error);
    } finally {
      await refresh();
      setIsAdding(false);
    }
  };
  const remove = async () => {
    await removeExampleOrganization();
    setMade(null);
    await refresh();
  };
  /** `made` has the password, which nobody tells again. */
  return { answer, made, forget: () => setMade(null), isAdding, add: () => void add(), remove };
}
