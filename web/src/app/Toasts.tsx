import '@mantine/notifications/styles.layer.css';
import { Notifications } from '@mantine/notifications';

/**
 * Messages over the head of the page: there they lie on nothing that is pressed next, unlike at the bottom. The newest
 * lies on the others, as a second one below it would hide the number and the title of what is being worked on.
 */
export function Toasts() {
  return <Notifications position="top-center" layout="stacked" containerWidth={400} className="toasts" />;
}
