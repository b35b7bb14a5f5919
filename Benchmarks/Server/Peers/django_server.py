"""The registry's page and record with Django REST Framework: its own negotiation, gunicorn with one worker."""

import json
import os
import sys

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.urls import path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import formats  # noqa: E402

settings.configure(
    ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="not a secret", USE_TZ=True,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["REGISTRY_DATABASE"],
                           "CONN_MAX_AGE": None}},
    REST_FRAMEWORK={"DEFAULT_AUTHENTICATION_CLASSES": [], "DEFAULT_PERMISSION_CLASSES": [], "UNAUTHENTICATED_USER": None})
django.setup()

from rest_framework.renderers import BaseRenderer, JSONRenderer  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402


class Model(models.Model):
    sequence = models.AutoField(primary_key=True)
    id = models.TextField(unique=True)
    record = models.BinaryField()

    class Meta:
        app_label = "registry"
        db_table = "models"
        managed = False


class HALRenderer(JSONRenderer):
    media_type = "application/hal+json"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return super().render(formats.hal(data), accepted_media_type, renderer_context)


class XMLRenderer(BaseRenderer):
    media_type = "application/xml"
    format = "xml"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return formats.xml(data)


class CSVRenderer(BaseRenderer):
    media_type = "text/csv"
    format = "csv"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return formats.table(data)


class View(APIView):
    renderer_classes = [JSONRenderer, HALRenderer, XMLRenderer, CSVRenderer]


class Page(View):
    def get(self, request):
        limit = int(request.query_params.get("limit", "25"))
        records = [json.loads(bytes(one.record)) for one in Model.objects.order_by("sequence")[:limit]]
        return Response({"items": records, "total": Model.objects.count(), "nextCursor": None, "previousCursor": None})


class Record(View):
    def get(self, request, id):
        found = Model.objects.filter(id=id).first()
        return Response(json.loads(bytes(found.record))) if found else Response(status=404)


urlpatterns = [path(formats.MODELS[1:], Page.as_view()), path(formats.MODELS[1:] + "/<str:id>", Record.as_view())]
application = get_wsgi_application()
