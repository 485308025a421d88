import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { UsersPage } from '@/features/people/components/UsersPage';

export const Route = createFileRoute('/_app/admin/users')({
  validateSearch: v.object({
    page: v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))), undefined),
  }),
  component: () => <UsersPage page={Route.useSearch().page ?? 1} />,
});
