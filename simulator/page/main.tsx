import '@fontsource-variable/inter/index.css';
import './colors.css';
import './controls.css';
import './page.css';
import './phone.css';
import './thread.css';
import './card.css';
import './attach.css';
import './log.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Desk } from './desk.tsx';
import { connect } from './live-state.ts';

const root = document.getElementById('page');
if (root !== null) {
  connect();
  createRoot(root).render(
    <StrictMode>
      <Desk />
    </StrictMode>,
  );
}
