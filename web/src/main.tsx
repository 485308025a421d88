import '@fontsource-variable/inter/wght.css';
import './app/mantine.css';
import '@mantine/spotlight/styles.layer.css';
import './app/app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { startI18n } from './app/i18n';
import { watchOutbox } from './lib/outbox';

// After an upgrade the old chunks are gone: load the new page once. Not without a network, where nothing would come.
window.addEventListener('vite:preloadError', (event) => {
  const key = 'steward.reloaded-at';
  const last = Number(sessionStorage.getItem(key) ?? 0);
  if (!navigator.onLine || Date.now() - last < 10_000) return;
  sessionStorage.setItem(key, String(Date.now()));
  event.preventDefault();
  window.location.reload();
});

watchOutbox();

function draw() {
  const root = document.getElementById('root');
  if (!root) return;
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

// Without the texts of a language the page is drawn in English.
startI18n().then(draw, draw);
