import { MantineProvider, Switch, TextInput } from '@mantine/core';
import { cleanup, render } from '@testing-library/react';
import i18next from 'i18next';
import type { ReactElement } from 'react';
import { initReactI18next } from 'react-i18next';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { LookOnly } from './LookOnly';

beforeAll(() => i18next.use(initReactI18next).init({ lng: 'en', resources: {} }));
afterEach(cleanup);

const REASON = 'Ask an administrator.';

function shown(control: ReactElement<Record<string, unknown>>) {
  const { getByLabelText } = render(
    <MantineProvider>
      <LookOnly isReadOnly reason={REASON}>
        {control}
      </LookOnly>
    </MantineProvider>,
  );
  return getByLabelText('Name');
}

/** What is read after the name: what is pointed at, else the text itself. */
function description(control: HTMLElement) {
  const pointed = control.getAttribute('aria-describedby');
  return pointed ? document.getElementById(pointed)?.textContent : control.getAttribute('aria-description');
}

it('a field that may only be looked at says why to a screen reader', () => {
  const control = shown(<TextInput readOnly aria-label="Name" value="a" />);
  expect(description(control)).toBe(REASON);
  expect(control.hasAttribute('disabled')).toBe(false);
});

it('a switch does too', () => {
  expect(description(shown(<Switch aria-label="Name" checked readOnly />))).toBe(REASON);
});
