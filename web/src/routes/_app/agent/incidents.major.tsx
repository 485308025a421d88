import { createFileRoute } from '@tanstack/react-router';
import * as v from 'valibot';
import { MajorListPage } from '@/features/major/components/MajorListPage';
import { loadTexts } from '@/lib/texts';

export const Route = createFileRoute('/_app/agent/incidents/major')({
  validateSearch: v.object({ state: v.fallback(v.optional(v.picklist(['active', 'resolved'])), undefined) }),
  loader: () => loadTexts('major', 'tickets'),
  component: Major,
});

function Major() {
  return <MajorListPage state={Route.useSearch().state ?? 'active'} />;
}
