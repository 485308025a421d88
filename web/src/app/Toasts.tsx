import '@mantine/notifications/styles.layer.css';
import { Notifications } from '@mantine/notifications';

/** Messages over the head of the page: there they lie on nothing that is pressed next, unlike at the bottom. */
export function Toasts() {
  return <Notifications position="top-center" containerWidth={400} className="toasts" />;
}
