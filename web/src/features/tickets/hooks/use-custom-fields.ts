import { useQuery } from '@tanstack/react-query';
import { type CustomFieldView, type KindWord, listCustomFieldsOptions } from '@/api';

const NONE: CustomFieldView[] = [];

/** The fields that the organization added to a kind of tickets, as far as the person sees them. */
export function useCustomFields(kind: KindWord | undefined): readonly CustomFieldView[] {
  const { data } = useQuery({
    ...listCustomFieldsOptions({ query: { kind, is_active: true, per_page: 100 } }),
    enabled: kind !== undefined,
    staleTime: 5 * 60_000,
    retry: false,
  });
  return data?.data ?? NONE;
}
