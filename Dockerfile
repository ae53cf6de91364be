# Runs `bulletin watch` on a manifest, as a user without rights.
#
#     docker build -t bulletin .
#     docker run -v ./bulletin.toml:/config/bulletin.toml:ro -v bulletins:/bulletins bulletin
#
# Say in which zone the station is, for the dates and times that are read and that name files: -e TZ=Europe/Paris
#
# The folder of the bulletins belongs to the user 1000. SIGTERM (docker stop) ends after the items in work:
# give it time with `docker stop --time 300`.

FROM python:3.12-slim AS build
RUN apt-get update && apt-get install --yes --no-install-recommends g++ && rm -rf /var/lib/apt/lists/*
RUN python -m venv /opt/bulletin
WORKDIR /source
COPY pyproject.toml setup.py MANIFEST.in README.md LICENSE ./
COPY bulletin bulletin
COPY voices voices
RUN /opt/bulletin/bin/pip install --no-cache-dir ".[cluster]"

FROM python:3.12-slim
COPY --from=build /opt/bulletin /opt/bulletin
RUN useradd --uid 1000 --create-home bulletin && install --directory --owner bulletin /bulletins /cache
ENV PATH=/opt/bulletin/bin:$PATH BULLETIN_CACHE=/cache PYTHONUNBUFFERED=1
USER bulletin
WORKDIR /config
VOLUME ["/bulletins", "/cache"]
ENTRYPOINT ["bulletin"]
CMD ["watch", "/config/bulletin.toml", "--output", "/bulletins"]
