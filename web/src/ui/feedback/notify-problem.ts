import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { asApiError } from '@/lib/api-error';
import { problemWords } from './problem-words';

/** Says what went wrong in a corner of the screen; for what has no form to stand in. */
export function notifyProblem(error: unknown): void {
  const problem = asApiError(error);
  const { title, message } = problemWords(problem);
  const isServerFault = problem.status >= 500 && problem.requestId !== null;
  const id = isServerFault ? ` (${i18next.t('state.requestId')} ${problem.requestId})` : '';
  notifications.show({
    color: 'red',
    title,
    message: `${message}${id}`,
    autoClose: 10_000,
  });
}
