# One image for web, worker and beat; docker-compose.yml says which command each runs.
# Its base is named by version, for people, and by digest, which is what is fetched. For a newer one:
# docker buildx imagetools inspect python:VERSION-slim-trixie
FROM python:3.12.13-slim-trixie@sha256:229a2c5bfa27522db7815ea81f9bed70af17ccb9de9fc7ad142b1877b5830d36

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    VAR_DIR=/data \
    STATIC_ROOT=/app/collected

# What a letter needs: Pango to draw it, HarfBuzz's subsetter for speed, Charis SIL for its face,
# and faces for names in any script. What the cage for strangers' files needs: libseccomp. What a
# backup needs: PostgreSQL's client programs, no older than the server of docker-compose.yml.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-sil-charis fonts-dejavu-core \
        fonts-noto-core fonts-wqy-microhei fonts-symbola \
        libseccomp2 postgresql-client-17 tesseract-ocr-eng \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --uid 10001 desk \
    && install --directory --owner desk --group desk --mode 0700 /data

WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt \
    && python -c "import pyseccomp" \
    && pg_dump --version && pg_restore --version && psql --version

COPY . .
# The key signs nothing here: collecting files only needs one to be set. Static files live in the
# image, not in the volume, so that a new image brings its own. They are for anyone to read.
RUN SECRET_KEY=only-while-building python manage.py collectstatic --noinput \
    && chmod -R a+rX collected

USER desk
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/', timeout=4)"]
CMD ["gunicorn", "--config", "python:config.gunicorn", "--bind", "0.0.0.0:8000", "config.wsgi"]
