import { useSuspenseQuery } from '@tanstack/react-query';
import { getMeOptions, type UserView } from '@/api';

/** The signed-in person. */
export function useMe(): UserView {
  return useSuspenseQuery({ ...getMeOptions(), staleTime: 5 * 60_000 }).data;
}
