import { createFileRoute } from '@tanstack/react-router';
import { WarRoomPage } from '@/features/major/components/WarRoomPage';
import { loadTexts } from '@/lib/texts';

export const Route = createFileRoute('/_app/agent/incidents/$key_/war-room')({
  loader: () => loadTexts('major', 'tickets'),
  component: Room,
});

function Room() {
  return <WarRoomPage number={Route.useParams().key} />;
}
